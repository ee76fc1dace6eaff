"""How often the coder is right, on conversations it had not seen; written by `training.evaluate --rates`.

Each entry is (sensitivity, specificity, positives, negatives). Sensitivity is the share of turns that people
coded so and the coder found; specificity the share of the others it left alone; the counts say what each rests on.
`question`, `reflection`, `input` (any kind), `advice`, `information` run over all coach turns;
`open` runs over turns that both people and coder call a question, and holds for open among questions.
`main_input` is the class "input" of the head `main`. `RATES` holds for punctuated text, `BARE_RATES` for text
without marks. Source: AnnoMI, 5 folds grouped by video, acted conversations about health.
"""

RATES: dict[str, tuple[float, float, int, int]] = {
    "question": (0.9314, 0.9273, 1311, 2518),
    "open": (0.7434, 0.7978, 682, 539),
    "reflection": (0.737, 0.842, 1152, 2677),
    "input": (0.618, 0.903, 623, 3206),
    "information": (0.486, 0.9231, 358, 3471),
    "advice": (0.2321, 0.9769, 112, 3717),
    "main_input": (0.583, 0.9353, 506, 3323),
}

BARE_RATES: dict[str, tuple[float, float, int, int]] = {
    "question": (0.7574, 0.9047, 1311, 2518),
    "open": (0.776, 0.7298, 634, 359),
    "reflection": (0.7734, 0.8214, 1152, 2677),
    "input": (0.5907, 0.8996, 623, 3206),
    "information": (0.4693, 0.9268, 358, 3471),
    "advice": (0.2143, 0.9723, 112, 3717),
    "main_input": (0.5968, 0.9269, 506, 3323),
}
