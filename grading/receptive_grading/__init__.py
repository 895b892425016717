"""Grading a class: each submission alone in a sandbox, many at a time, one writer of the gradebook."""
