"""The generated documentation: pages about rules, facts, settings, passages, actions and complaints."""
