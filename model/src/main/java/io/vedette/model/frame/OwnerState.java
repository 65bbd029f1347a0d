package io.vedette.model.frame;

import java.util.Arrays;
import java.util.Optional;

/** How the replica that owns a card is, as far as rules on the card depend on it. */
public enum OwnerState {
    /** No replica is known to own the card, or several do. */
    NONE("none"),
    /** Never seen up yet, or not warm yet. */
    STARTING("starting"),
    SERVING("serving"),
    /** No request running, waiting or finished in the last minute. */
    IDLE("idle"),
    SLEEPING("sleeping"),
    /** Its scrapes have failed for 60 s. */
    DOWN("down");

    private final String word;

    OwnerState(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    public static Optional<OwnerState> ofWord(String word) {
        return Arrays.stream(values()).filter(s -> s.word.equals(word)).findFirst();
    }
}
