"""The register of people with complex needs: lists first, then a register drawn from them, then a clinician's yes.

sudden, carer_died → cohort → candidate → entry → change; the rule is reference/find/register.yaml (`rule.py`).
"""
