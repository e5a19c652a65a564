"""How every sheet that we hand out is printed and protected."""

from openpyxl.worksheet.worksheet import Worksheet


def page_set_up(sheet: Worksheet, title: str) -> None:
    """A4 landscape, one page wide, with page numbers; protected without a password."""
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.oddFooter.left.text = title.replace("&", "&&")
    sheet.oddFooter.right.text = "Seite &P von &N"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
