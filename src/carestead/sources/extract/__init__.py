"""Table extracts in: CSV or Parquet, with a YAML map from a supplier's columns to contract tables."""
