package io.vedette.jobs.rules;

/** The three truths of Kleene's logic. */
public enum Truth {
    TRUE,
    FALSE,
    /** Something that the condition reads is absent. */
    UNKNOWN;

    public static Truth of(boolean known) {
        return known ? TRUE : FALSE;
    }

    /** False as soon as one is false, true when both are. */
    public Truth and(Truth other) {
        if (this == FALSE || other == FALSE) {
            return FALSE;
        }
        return this == TRUE && other == TRUE ? TRUE : UNKNOWN;
    }

    /** True as soon as one is true, false when both are. */
    public Truth or(Truth other) {
        return not().and(other.not()).not();
    }

    public Truth not() {
        return switch (this) {
            case TRUE -> FALSE;
            case FALSE -> TRUE;
            case UNKNOWN -> UNKNOWN;
        };
    }
}
