package io.vedette.jobs.rules;

/** What a name of the rule language wants in parentheses behind it. */
enum Takes {
    NOTHING(""),
    /** A rank from 0 to 1, known at load. */
    RANK("(0.95)"),
    /** A number in the signal's unit. */
    LIMIT("(limit)"),
    /** A text: a finish reason, a status class, a source of failures. */
    DIMENSION("(\"error\")");

    private final String example;

    Takes(String example) {
        this.example = example;
    }

    /** How it looks in an expression. */
    String example() {
        return example;
    }
}
