package io.vedette.ingest.cards;

/**
 * A target on this machine.
 *
 * @param instance its name
 * @param port where its process listens
 */
public record LocalTarget(String instance, int port) {}
