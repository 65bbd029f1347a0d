/** What a user configures: {@code vedette.yaml} and the flags, as one record per part. */
@NullMarked
package io.vedette.cli.config;

import org.jspecify.annotations.NullMarked;
