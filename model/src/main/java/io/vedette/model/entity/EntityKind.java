package io.vedette.model.entity;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of thing that Vedette watches. */
public enum EntityKind {
    /** One engine behind one target. */
    REPLICA("replica"),
    /** All replicas of a model with the same role. */
    MODEL("model");

    private final String word;

    EntityKind(String word) {
        this.word = word;
    }

    /** The word in keys, series' prefixes and alert events. */
    public String word() {
        return word;
    }

    public static Optional<EntityKind> ofWord(String word) {
        return Arrays.stream(values()).filter(k -> k.word.equals(word)).findFirst();
    }
}
