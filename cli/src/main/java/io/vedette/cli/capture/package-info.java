/** Recorded scrapes: folders and archives of them. */
@NullMarked
package io.vedette.cli.capture;

import org.jspecify.annotations.NullMarked;
