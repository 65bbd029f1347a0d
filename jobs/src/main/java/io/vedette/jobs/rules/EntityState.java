package io.vedette.jobs.rules;

import java.util.Arrays;
import java.util.Optional;

/** What an entity is about. Rules say in which states they apply; most false alarms come from judging an entity that is not at work. */
public enum EntityState {
    /** Never seen up yet: an engine opens no port while it loads its model. */
    STARTING("starting"),
    /** Up, but its process has neither run for 5 min nor finished 50 requests: graphs are captured, kernels compiled. */
    WARMING("warming"),
    /** Up, awake and warm. */
    SERVING("serving"),
    /** Up, and no request was running, waiting or finished in the last minute. */
    IDLE("idle"),
    /** Up, and put to sleep on purpose. */
    SLEEPING("sleeping"),
    /** Its scrapes have failed for 60 s, and it is not starting. */
    DOWN("down"),
    /** No scrape at all, good or failed, for 60 s while time went on. */
    UNKNOWN("unknown"),
    /** Gone from its agent's list of targets. */
    REMOVED("removed");

    private final String word;

    EntityState(String word) {
        this.word = word;
    }

    /** The word in rules. */
    public String word() {
        return word;
    }

    public static Optional<EntityState> ofWord(String word) {
        return Arrays.stream(values()).filter(s -> s.word.equals(word)).findFirst();
    }

    /** Whether a rule can apply in this state: nothing is judged of what is unknown or removed. */
    public boolean canBeJudged() {
        return this != UNKNOWN && this != REMOVED;
    }
}
