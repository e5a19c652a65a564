"""One module a group of commands; `COMMANDS` lists what `python -m indicators` offers."""

from indicators.commands.backup import backup, restore_backup
from indicators.commands.catalogue import check, definitions
from indicators.commands.cities import cities
from indicators.commands.compact import compact
from indicators.commands.delivery import deliver, restore, template, withdraw
from indicators.commands.erase import erase
from indicators.commands.export import export
from indicators.commands.init import init
from indicators.commands.map import map_command
from indicators.commands.move import move_command
from indicators.commands.remind import remind
from indicators.commands.report import report
from indicators.commands.role import role
from indicators.commands.sample import sample
from indicators.commands.tabulate import tabulate

COMMANDS = (
    check, init, definitions, template, deliver, withdraw, restore, export, report, sample, tabulate, role, remind,
    backup, restore_backup, move_command, compact, erase, map_command, cities,
)  # fmt: skip
