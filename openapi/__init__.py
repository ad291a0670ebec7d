"""The committed OpenAPI document, as a package so that an installation carries it."""
