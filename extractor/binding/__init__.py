"""Binding: what each quantity counts, where, when, whether reached or aimed at.

For each decision the candidates are laid out with language-neutral features, and a linear model
(`models/binding.json`) ranks them; the same weights serve every language.
"""
