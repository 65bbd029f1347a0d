package io.vedette.model.sample;

/**
 * How a scrape names a card. What is unknown is empty.
 *
 * @param uuid identity: {@code GPU-…}; of an instance of a divided card {@code MIG-…}, or the card's UUID and the instance behind a slash
 * @param gpu index on its node
 * @param parent UUID of the divided card that it is an instance of
 * @param product name of the product
 * @param node by the word of who shows it
 */
public record Card(String uuid, String gpu, String parent, String product, String node) {
    public Card {
        if (uuid.isEmpty() && gpu.isEmpty()) {
            throw new IllegalArgumentException("a card needs a UUID or an index");
        }
    }

    /** Whether it is an instance of a divided card (MIG). */
    public boolean isInstance() {
        return !parent.isEmpty() || uuid.startsWith("MIG-") || uuid.indexOf('/') >= 0;
    }
}
