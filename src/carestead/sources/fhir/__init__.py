"""FHIR R4 JSON in: bulk NDJSON folders, Bundles and single resources."""
