/** What {@code rules check} and {@code rules list} tell. */
@NullMarked
package io.vedette.cli.rules;

import org.jspecify.annotations.NullMarked;
