"""Who may do what. `matrix` is the one place where rights are granted; the rest finds out who someone is."""

from indicators.access.assignments import (
    AssignedUser,
    AssignmentError,
    assign,
    assigned,
    everyone,
    functions,
    parse_roles,
)
from indicators.access.claims import Assignment, ClaimRules, current_user, expired
from indicators.access.logins import EndedLogins, login_of
from indicators.access.matrix import (
    GRANTS,
    PAGES,
    Action,
    ForbiddenError,
    Role,
    Scope,
    User,
    allowed_pages,
    demand,
    demand_still,
    local_user,
    may,
    permitted,
    sees_true_values,
)

__all__ = [
    "GRANTS",
    "PAGES",
    "Action",
    "AssignedUser",
    "Assignment",
    "AssignmentError",
    "ClaimRules",
    "EndedLogins",
    "ForbiddenError",
    "Role",
    "Scope",
    "User",
    "allowed_pages",
    "assign",
    "assigned",
    "current_user",
    "demand",
    "demand_still",
    "everyone",
    "expired",
    "functions",
    "local_user",
    "login_of",
    "may",
    "parse_roles",
    "permitted",
    "sees_true_values",
]
