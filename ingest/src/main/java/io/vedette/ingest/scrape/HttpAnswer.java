package io.vedette.ingest.scrape;

import io.vedette.model.sample.ScrapeFailure;

/** What came of a GET. */
sealed interface HttpAnswer {
    /**
     * Status 200 and a whole body.
     *
     * @param body decompressed
     * @param contentType empty where the server does not say
     */
    record Ok(byte[] body, String contentType) implements HttpAnswer {}

    /**
     * Anything else.
     *
     * @param detail for the user: what happened, without secrets; made printable
     */
    record Failed(ScrapeFailure failure, String detail) implements HttpAnswer {
        public Failed {
            detail = Printable.of(detail);
        }
    }
}
