package io.vedette.ingest.cards;

import java.util.OptionalLong;

/**
 * A process that holds memory of a card.
 *
 * @param pid as the driver tells it: in the namespace that it shows us, which need not be ours
 * @param memoryBytes empty where the driver does not tell
 */
public record CardProcess(long pid, OptionalLong memoryBytes) {}
