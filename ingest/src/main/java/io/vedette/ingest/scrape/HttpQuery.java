package io.vedette.ingest.scrape;

import java.net.URI;
import java.time.Duration;

/**
 * One GET.
 *
 * @param accept which formats are wanted, as in the header
 * @param timeout over all of it: secrets, name, connection, header, body
 * @param maxBodyBytes before and after decompression; reading stops there
 */
record HttpQuery(
        URI url, String accept, Credentials credentials, TlsSettings tls, Duration timeout, int maxBodyBytes) {}
