/* What a host program (here: desk.c) sees of the plug-in: it is opened once, asked for each visit, closed at the end.
 */
#ifndef EMBED_EHR_PLUGIN_H
#define EMBED_EHR_PLUGIN_H

#include <stdint.h>
#include <stdio.h>

typedef struct plugin plugin;

/* `audit` receives a line for each advice; it stays open and belongs to the host. NULL where there is no memory. */
plugin* plugin_open(FILE* audit);
/* Writes a card for the clinician, who may see answers, to `card`, and a line without any answer to the audit. `visit`
 * is an opaque id, `now` the host's time as text. 0, or 1 where the assessment was refused: the card then says why. 2
 * where there is no advice that could be relied on: the library failed, or the card or the audit line could not be
 * written. */
int plugin_advise(plugin* self, const char* visit, const char* now, const char* json, uint64_t length, FILE* card);
void plugin_close(plugin* self);

#endif
