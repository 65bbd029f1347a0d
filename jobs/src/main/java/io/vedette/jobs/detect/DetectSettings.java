package io.vedette.jobs.detect;

import io.vedette.jobs.life.AlertLife;
import io.vedette.jobs.life.EventWriter;
import io.vedette.jobs.rules.RuleSet;
import java.io.Serializable;

/**
 * What the detect job is set up with.
 *
 * @param rules loaded and checked, with what is normal for each model
 * @param startedAtMillis when this run began, Unix milliseconds; 0 in replay, where nothing is late
 * @param runbook page whose anchors are the rules' ids; {@link #RUNBOOK} unless {@code alerts.runbook_url} says otherwise
 */
public record DetectSettings(RuleSet rules, long startedAtMillis, String runbook) implements Serializable {
    /** The runbook in the repository, relative to its root. */
    public static final String RUNBOOK = "docs/runbook.md";

    /** Alerts of ticks so much older than the start are recorded, and marked late. */
    public static final long LATE_MILLIS = 600_000;

    public DetectSettings {
        if (startedAtMillis < 0) {
            throw new IllegalArgumentException("startedAtMillis must be >= 0: " + startedAtMillis);
        }
    }

    AlertLife alertLife() {
        return AlertLife.ofNewcomers(rules, new EventWriter(runbook, Math.max(0, startedAtMillis - LATE_MILLIS)));
    }
}
