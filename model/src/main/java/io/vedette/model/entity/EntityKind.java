package io.vedette.model.entity;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The kinds of thing that Vedette watches. */
public enum EntityKind {
    /** One engine behind one target. */
    REPLICA("replica"),
    /** All replicas of a model with the same role. */
    MODEL("model"),
    /** One card, or an instance of a divided one. */
    GPU("gpu"),
    /** All cards of a node. */
    NODE("node"),
    /** All cards of a replica. To people that is a side of the replica: its series and alerts are the replica's. */
    REPLICA_GPUS("replica_gpus");

    private static final List<EntityKind> FACES =
            Arrays.stream(values()).filter(kind -> kind.face() == kind).toList();

    private final String word;

    EntityKind(String word) {
        this.word = word;
    }

    /** The kind that people know it by. */
    public EntityKind face() {
        return this == REPLICA_GPUS ? REPLICA : this;
    }

    /** The kinds that people know. */
    public static List<EntityKind> faces() {
        return FACES;
    }

    /** The word in keys and, of what people know, in series' prefixes and alert events. */
    public String word() {
        return word;
    }

    public static Optional<EntityKind> ofWord(String word) {
        return Arrays.stream(values()).filter(k -> k.word.equals(word)).findFirst();
    }
}
