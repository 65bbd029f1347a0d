package io.vedette.ingest.cards;

import java.util.List;

/** Reads the cards of this node. Used by one thread, which it may block. */
public interface CardReader extends AutoCloseable {
    /** How cards are read, in a word or two for users: {@code NVML}. */
    String name();

    /** Reads all cards. A card that cannot be read does not keep others from being read. */
    NodeReading read() throws CardFailure;

    /** What this way of reading leaves out on this node, as far as is known after a reading. */
    List<Shortcoming> shortcomings();

    @Override
    void close();

    /** Opens readers. */
    @FunctionalInterface
    interface Opener {
        /**
         * Opens one in the thread that will use it.
         *
         * @param progress is told of each call that may not come back
         */
        CardReader open(Progress progress) throws CardFailure;
    }
}
