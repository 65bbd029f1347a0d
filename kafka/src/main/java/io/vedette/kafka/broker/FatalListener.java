package io.vedette.kafka.broker;

/** Hears that the embedded broker has given up, at most once per broker. */
@FunctionalInterface
public interface FatalListener {
    /**
     * Called on a thread of its own, so it may close the broker.
     *
     * @param status the exit status with which Kafka would have ended the process
     * @param message what happened and what to look at, for the user, in one line
     */
    void onFatal(int status, String message);
}
