"""Engines run steps. Nobody else imports a driver."""
