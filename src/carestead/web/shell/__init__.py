"""What every page shares: doors, layout, navigation, errors, formats."""
