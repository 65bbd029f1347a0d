package io.vedette.ingest.cards;

import java.util.List;
import java.util.Set;

/**
 * What all cards of a node say at one time.
 *
 * @param driver its version; empty where it does not tell
 * @param counted how many cards the driver counts, those that cannot be read included; MIG instances are not counted
 * @param cards cards first to last, each followed by its MIG instances
 * @param silent indices of cards that cannot be read though they are not known to be lost
 * @param tellsXids whether the driver would tell of XIDs
 * @param xids since the last reading
 */
public record NodeReading(
        String driver,
        int counted,
        List<CardReading> cards,
        Set<Integer> silent,
        boolean tellsXids,
        List<XidEvent> xids) {
    public NodeReading {
        cards = List.copyOf(cards);
        silent = Set.copyOf(silent);
        xids = List.copyOf(xids);
    }
}
