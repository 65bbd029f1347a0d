package io.vedette.ingest.cards;

/**
 * What is not read of a node's cards, though they are read.
 *
 * @param detail what is missing, and why
 * @param remedy what to do
 */
public record Shortcoming(String detail, String remedy) {}
