"""Promises, requests, plans, meetings, messages, stays in hospital: what was agreed, and every act upon it, kept."""
