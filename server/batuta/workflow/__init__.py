"""The phases of a migration as steps over files. Nothing but orchestration: every step calls one of the rooms."""
