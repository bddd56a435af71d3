"""What holds when inputs are hostile, disks full and rooms crowded: one module a measure.

A module has ``add_arguments(parser)`` for its options, and ``run(**options)``, whose outcome says
by ``good`` whether everything is as promised, and by ``table()`` what was found, in Markdown.
"""
