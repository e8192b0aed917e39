"""Risk of an emergency admission in the next year: fitted on the area's own records, for evaluation only.

Pure: arrays and tables in, models, figures and steps out. scikit-learn and lightgbm are imported when a model is
fitted, never when one is used.
"""

LABEL = "for evaluation, until conformity is assessed"
"""What every place says that shows a risk."""
