package io.vedette.ingest.cards;

import java.util.Optional;

/**
 * Which card, or which MIG instance of a card. What is unknown is empty.
 *
 * @param index as the driver counts cards; of an instance, its card's
 * @param uuid {@code GPU-…}, of an instance {@code MIG-…}
 * @param pciBusId as {@code 00000000:01:00.0}
 * @param device as {@code nvidia0}
 * @param model as {@code NVIDIA H100 80GB HBM3}
 */
public record CardId(
        int index, String uuid, String pciBusId, String device, String model, Optional<MigInstance> instance) {
    public CardId {
        if (uuid.isEmpty()) {
            throw new IllegalArgumentException("a card needs a UUID");
        }
    }

    /**
     * A part of a card that has memory and processors of its own.
     *
     * @param gpuInstance number of its GPU instance
     * @param profile as {@code 1g.5gb}
     * @param cardUuid the card's
     */
    public record MigInstance(int gpuInstance, String profile, String cardUuid) {}
}
