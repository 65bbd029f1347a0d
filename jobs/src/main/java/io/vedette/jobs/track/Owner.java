package io.vedette.jobs.track;

import io.vedette.model.entity.Entity;
import io.vedette.model.frame.OwnerState;
import java.util.List;

/**
 * A replica as the owner of cards.
 *
 * @param replica as an entity
 * @param gpus the cards that are its by configuration, by index or UUID
 * @param pod that it runs in, by its target's label {@code pod}; empty where unknown
 * @param reservation the share of its cards' memory that it reserves; NaN where unknown
 * @param state how it is
 * @param startMillis when its process started or, where it does not say, first came up, Unix milliseconds
 */
public record Owner(
        Entity replica, List<String> gpus, String pod, double reservation, OwnerState state, long startMillis) {
    public Owner {
        gpus = List.copyOf(gpus);
    }
}
