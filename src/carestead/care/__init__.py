"""Promises, responsibility, clocks, gaps, plan: the rules, pure. The store asks them before it writes anything."""
