package io.vedette.ingest.publish;

/** Hears what becomes of records. Called by several threads; must be quick and must not throw. */
public interface PublishListener {
    /** Kafka has a record. */
    void sent();

    /** The oldest records were let go, for newer ones or at the end. */
    void letGo(int records);

    /** Kafka will never take a record, such as one that is too large: it is gone. */
    void refused(String key, Exception cause);

    /** Kafka is away or refuses us: records wait, and are sent later. Heard once per record that has to wait again. */
    void postponed(Exception cause);
}
