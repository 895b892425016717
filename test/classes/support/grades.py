"""Prints students' points, cell by cell, as JSON by student: grades.py DATABASE ASSIGNMENT STUDENT..."""
import json
import sys

from nbgrader.api import Gradebook

database, assignment, *students = sys.argv[1:]


def grades(gradebook, student):
    submission = gradebook.find_submission(assignment, student)
    return [
        {
            "notebook": notebook.name,
            "cell": grade.name,
            "auto": grade.auto_score,
            "max": grade.max_score,
            "needsPerson": bool(grade.needs_manual_grade),
        }
        for notebook in submission.notebooks
        for grade in notebook.grades
    ]


with Gradebook(database) as gradebook:
    print(json.dumps({student: grades(gradebook, student) for student in students}))
