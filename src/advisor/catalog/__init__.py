"""The catalog: authored YAML and JSON to checked models."""
