"""Reports: verdicts to text, JSON and Markdown."""
