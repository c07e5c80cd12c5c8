"""One file = one family of rules, in a tuple ``RULES``. `problems.rules()` finds them."""
