"""The preview: the index in a browser, made anew while its spec, its texts or its logs change."""
