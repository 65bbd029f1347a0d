package io.vedette.model.frame;

import java.util.List;

/**
 * What a frame says of the cards that it is about.
 *
 * @param owner how their replica is
 * @param cards by index
 */
public record Gpus(OwnerState owner, List<Gpu> cards) {
    /** Of a frame that is about no card. */
    public static final Gpus NONE = new Gpus(OwnerState.NONE, List.of());

    public Gpus {
        cards = List.copyOf(cards);
    }
}
