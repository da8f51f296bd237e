"""The recipe's functions, which `import vizspec` offers."""
