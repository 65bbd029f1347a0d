@NullMarked
package io.vedette.jobs.derive;

import org.jspecify.annotations.NullMarked;
