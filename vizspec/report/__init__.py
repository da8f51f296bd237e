"""The report: `context` turns facts and outcomes into frozen texts, `render` prints them by a template."""
