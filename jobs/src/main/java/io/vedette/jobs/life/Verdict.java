package io.vedette.jobs.life;

import io.vedette.jobs.rules.Truth;

/** What a frame says about a level of a rule. */
enum Verdict {
    TRUE,
    FALSE,
    UNKNOWN,
    /** The rule does not apply to the entity in its state. */
    NOT_APPLICABLE,
    /** Nor does it apply here, but only since the entity is down or has just been restarted: nobody has seen an end of what was wrong. */
    OUT_OF_SIGHT;

    static Verdict of(Truth truth) {
        return switch (truth) {
            case TRUE -> TRUE;
            case FALSE -> FALSE;
            case UNKNOWN -> UNKNOWN;
        };
    }
}
