"""The shells around the core: they parse, call and render, and know no etiquette."""
