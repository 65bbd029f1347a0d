package io.vedette.ingest.cards;

/**
 * The driver reports trouble with a card.
 *
 * @param pciBusId of the card, as {@code 00000000:01:00.0}
 * @param xid NVIDIA's number of the kind of trouble
 */
public record XidEvent(String pciBusId, long xid) {}
