<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>sealwright::ui::AboutSheet</name>
    <message>
        <source>About Sealwright</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sealwright %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seals datasets field by field on this machine, before they leave it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free software under the Apache License 2.0. The formats are open: what was sealed can be opened by other programs too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sealwright::ui::Band</name>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details of the failure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide details</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sealwright::ui::ContractCard</name>
    <message>
        <source>a CSV file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a JSON file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a JSON Lines file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a CSV or JSON file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 that you choose on this machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 in the storage, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all other fields are up to you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sealed data can be opened by everyone named here, and by no one else.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The job as a contract</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a job to see who asks, what leaves, and who can open it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decline…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing leaves before you have seen it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed by the platform you know</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refused by this machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who asks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (key %2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Must be sealed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Goes to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, bucket %2, folder %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Until</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who can open it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show receipt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose file and fields…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See fields…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the data for %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Datasets (*.csv *.tsv *.txt *.json *.jsonl *.ndjson);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not sent yet. The platform will be told as soon as it can be reached.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fetching the data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing by name; all fields are up to you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asked readable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fetching %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not run it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It begins when the run before it has ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the platform itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the message broker %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the message broker %1, exchange %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sending it was interrupted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is sealed, checked and kept here: going on sends only what is missing. Giving up removes it, here and from the storage, and hands the job back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reports to</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sealwright::ui::DeclineSheet</name>
    <message>
        <source>Decline “%1”?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is read or sent. %1 is told, with your reason; the job cannot be taken up again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why? The platform reads this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sealwright::ui::DropVeil</name>
    <message>
        <source>Drop it here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A .sealed file is opened, an invitation is read, anything else is sealed. Nothing happens before you say so.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sealwright::ui::FieldDelegate</name>
    <message>
        <source>Different</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n character(s) stay.</source>
        <translation>
            <numerusform>%n character stays.</numerusform>
            <numerusform>%n characters stay.</numerusform>
        </translation>
    </message>
    <message>
        <source>• The job demands at least: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>around the records</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The fields below have different states; one that is chosen here is given to all of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>• The job says something about fields below.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>• The job asks for it readable; you may protect it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sealwright::ui::FieldList</name>
    <message>
        <source>Find a field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fields and what happens to each</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n field(s) are selected. Return, or a click on one of their states, changes all of them.</source>
        <translation>
            <numerusform>%n field is selected. Return, or a click on its state, changes it.</numerusform>
            <numerusform>%n fields are selected. Return, or a click on one of their states, changes all of them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealwright::ui::FieldsPage</name>
    <message>
        <source>comma</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>semicolon</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>vertical bar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>delimiter %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n column(s)</source>
        <translation>
            <numerusform>%n column</numerusform>
            <numerusform>%n columns</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n field(s)</source>
        <translation>
            <numerusform>%n field</numerusform>
            <numerusform>%n fields</numerusform>
        </translation>
    </message>
    <message>
        <source>1 record</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 records</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>with header</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>without header</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON Lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
    <message>
        <source>Fields</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seal and send…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fields of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No column is sent readable.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No field is sent readable.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything is sealed, masked or left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 columns are sent readable:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 fields are sent readable:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1. Nothing is sealed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1. Everything else is sealed, masked or left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the column names</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the field names and shape of each record</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the order and number of records</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lengths in steps of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the length of each value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>which values of %1 are equal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Also leaves: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Can be opened by %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About %1, %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is sent readable.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent readable: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seal and send %1?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is sealed here, opened again and compared, and then sent to %1. %2 It can be opened by %3. What has been sent cannot be taken back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seal and send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>counting records…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>without quotes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>records in %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a few seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How it is read…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the tables show the first %1; the list has them all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In one go, with nothing put on this computer&apos;s disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was sent is read back to be compared. If this is interrupted, it has to begin again; otherwise it goes on where it was. Where the disk has no room it is done like this anyway.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sealwright::ui::FileDelegate</name>
    <message>
        <source>Will be sealed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Will be opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sealing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sealed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A spreadsheet is sealed whole; save it as CSV to choose fields.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder, sealed as one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>into %1 · signed by nobody known here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>into %1 · signed by %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting its turn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking at it…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sealed dataset, %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> · not everything is in order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel (Del)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove from the list (Del)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sealwright::ui::FilesPage</name>
    <message>
        <source>Files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seal any file for those you choose, or open what was sealed for this machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop files or folders here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose files…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose where to write</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write beside each file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write to %1…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seal %1 and open %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Open %n file(s)</source>
        <translation>
            <numerusform>Open %n file</numerusform>
            <numerusform>Open %n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Seal %n file(s)</source>
        <translation>
            <numerusform>Seal %n file</numerusform>
            <numerusform>Seal %n files</numerusform>
        </translation>
    </message>
    <message>
        <source>Seal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose files to seal or to open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Anything is sealed whole, into one .sealed file beside it. A .sealed file is opened, and so is a dataset with its manifest beside it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sealwright::ui::Happened</name>
    <message>
        <source>record %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>field %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>byte %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong inside the program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The program was asked for something that it does not understand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody was chosen who could open it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data could not be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data&apos;s character encoding%1 is not supported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data is in UTF-16 or UTF-32</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A column&apos;s name cannot be read in the data&apos;s character encoding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A quotation mark is opened and never closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is text after a closing quotation mark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every column would be left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data is not valid JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The JSON data is not valid UTF-8</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A name in the JSON data holds half a character</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The JSON data is nested more than 256 deep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no records where they should be%1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two names in a record cannot both be made into one structure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A record is longer than 64 MiB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are more than 100,000 columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are more records than one run can hold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file was changed by somebody else while it was read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is neither CSV nor JSON%1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A value cannot be read in the data&apos;s character encoding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A value cannot be sealed in the same form: it is too short, too long or of another kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A value cannot be masked: it is a list or an object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A value does not fit what was chosen for its field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The choice of fields is not valid%1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A field that is asked for is not in the data%1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A field is named twice%1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The job demands more protection than was chosen%1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A document is not of the form it should have%1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A document is larger than is allowed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This machine&apos;s key was not found in its keystore</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This machine has keys already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key in the keystore is not the one that this machine made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This data was not sealed for this machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The passphrase is not right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The system keychain is locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The system keychain did not let this program in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no system keychain running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The system keychain failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data was changed after it was sealed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The end of the data is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something was added after the end of the data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The signature does not fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is signed by somebody whom this machine does not know</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data is not what its description says%1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key does not belong to this data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data could be opened, but not everything about it is in order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sealed file is not built as it must be</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sealed file holds a name that could be written outside its folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file inside is larger than the sealed file says</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a symbolic link in the folder%1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file&apos;s name cannot be used on every system%1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The job is not signed by the platform that this machine knows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The job&apos;s time is over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The job claims to be made in the future</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The job would be open for more than 30 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The job is for another machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The job wants to send data to a server that the platform never named%1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The job was answered before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The job is not of the form it should have%1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The source is not the one that the job describes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The job asks for a file of your choice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The platform does not know this job any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody whom this machine trusts vouches for the server%1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The certificate of the server%1 is out of its time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server%1 shows a certificate of another one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection that the server%1 offers is of a kind that is no longer safe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The message broker%1 that the job reports to cannot be reached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The message broker%1 that the job reports to did not answer in time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The message broker%1 does not let the job&apos;s report in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The message broker%1 does not know the exchange that the job names</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At the message broker%1 nobody would get the job&apos;s report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The queue of the message broker%1 is full</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The message broker%1 takes nothing now: it is short of memory or disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The message broker%1 failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opened again, a value was not the one that had been sealed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not an invitation that can be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The invitation&apos;s time is over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The platform&apos;s answer to the registration cannot be trusted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The platform&apos;s key was not accepted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This machine is not registered with a platform</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This machine is registered with a platform already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server%1 cannot be reached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server%1 did not answer in time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server&apos;s certificate cannot be trusted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The address is not protected by https%1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server wants to send this machine somewhere else</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The platform does not let this machine in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The platform says that this was dealt with otherwise in the meantime</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The platform did not accept the request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The platform failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The platform&apos;s answer cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The storage does not let this machine in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The storage does not have it%1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The storage failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The source in the storage was changed while it was read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What arrived in the storage is not what was sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a file of that name already%1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no permission to write or read here%1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is not there%1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file could not be written or read%1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The program&apos;s own records cannot be read or written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cipher library gave a wrong answer in its self-test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cipher library failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1%2.</source>
        <comment>sentence, place in the data</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This machine&apos;s clock is %1 behind the storage&apos;s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This machine&apos;s clock is %1 ahead of the storage&apos;s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More than 1,000 were chosen who could open it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are too many fields to list them in one manifest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The manifest would not be one that readers accept%1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A policy with so many fields is larger than is allowed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One of this machine&apos;s two keys is in its keystore, and nothing is known of it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keys are being rotated already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This machine&apos;s keys are locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are more files than one package can list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The job is signed by a key that is not known as the platform&apos;s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This job is being worked on already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jobs are being taken up by another program of this profile already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The platform has revoked this machine</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sealwright::ui::JobDelegate</name>
    <message>
        <source>Sealed and sent %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Declined %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · until %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Until %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last changed %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sealwright::ui::JobsPage</name>
    <message>
        <source>All jobs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the platform for jobs (F5)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search jobs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No job is called that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking the platform…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose which jobs are listed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Listed: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No jobs. When the platform asks for data, it will stand here; F5 asks now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open invitation…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What a platform asks for will stand here. An invitation registers this machine with one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No job of this kind.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sealwright::ui::KeysPage</name>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sealwright::ui::KitCard</name>
    <message>
        <source>A recovery kit holds this machine&apos;s keys under a passphrase. You can make one once there are keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make a recovery kit…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recovery kit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make another kit…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Made %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep it and its passphrase in two places that are not this machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No recovery kit yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If this machine is lost, nothing sealed only for it can ever be opened again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the recovery kit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sealwright recovery kit, %1.txt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sealwright::ui::LeavingDelegate</name>
    <message>
        <source>empty</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sealwright::ui::MachineCard</name>
    <message numerus="yes">
        <source>%n pair(s), kept to open what was sealed for them</source>
        <translation>
            <numerusform>%n pair, kept to open what was sealed for it</numerusform>
            <numerusform>%n pairs, kept to open what was sealed for them</numerusform>
        </translation>
    </message>
    <message>
        <source>No keys yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not checked yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Healthy, checked %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Missing from the keystore</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keychain does not let us in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No keychain is running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This machine has no keys yet. They are made when you register with a platform, or here; their private halves never leave this machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share my recipient key…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore from a recovery kit…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save this machine&apos;s recipient key for others</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1.jwks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the recovery kit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Making keys…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recipient key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signing key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, made %2, kept in %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rotate keys…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unlock…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rotate this machine&apos;s keys?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New keys are made, and %1 is shown by the old ones that they are yours. </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New keys are made. </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From then on data is sealed for the new ones and signed with them. The old ones stay here and open what was sealed for them.

People who seal for this machine need its new recipient key. The recovery kit that you have does not hold the new keys: make another one afterwards, and keep it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rotate keys</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sealwright::ui::MainWindow</name>
    <message>
        <source>Choose files to seal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open what you received</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Welcome page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Register with a platform…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About Sealwright…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop and close?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” is being sealed and sent. If you close Sealwright now, the job is given back, and nothing half done stays behind, here or there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files are being sealed or opened. If you close Sealwright now, those that are not done are left as they were.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on working</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sealwright::ui::Meaning</name>
    <message>
        <source>Nothing was sealed and nothing has left this machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your source is untouched. What had been sealed was thrown away and has not been sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was sealed only for this machine cannot be opened without that key. No new key was made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your keys are not lost. Nothing can be sealed, signed or opened until they can be reached.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keys that are there were left as they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It stays sealed; nothing was written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It cannot be trusted. What had been opened was removed again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may be whole, but nobody you know vouches for it. Nothing was opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at what was found before you rely on it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The job was not begun, and no data was read for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This machine has not been registered, and nothing about the platform was kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no jobs and no results without one; files can still be sealed and opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The registration that is there was left as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your data is as it was. Nothing half done was left behind.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is lost: what waits to be reported is kept on this machine, and sent later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No data and no password were sent there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The dataset is not complete there, and what had been sent was taken back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was not used, and nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was not overwritten.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No half-written file was left behind.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your data and keys are not touched by it, but nothing can be remembered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing half done was left behind.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It gives it no jobs and takes nothing from it. Your keys are kept, and what was sealed for this machine still opens.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The storage refuses what is signed at a wrong time; nothing was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The dataset is not complete there. What was sealed is kept, to be sent on.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sealwright::ui::Navigation</name>
    <message>
        <source>Navigation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is running</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n job(s) wait for you</source>
        <translation>
            <numerusform>%n job waits for you</numerusform>
            <numerusform>%n jobs wait for you</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new result(s)</source>
        <translation>
            <numerusform>%n new result</numerusform>
            <numerusform>%n new results</numerusform>
        </translation>
    </message>
    <message>
        <source>This machine has no keys yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This machine: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>registered with %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not registered with a platform</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fingerprint of this machine&apos;s recipient key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help (F1)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sealwright::ui::Next</name>
    <message>
        <source>Please report it with the text under Details; it holds no data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not use this installation. Install the program again, and report it if it stays so.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again; if it happens twice, please report it with the text under Details.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose at least one who can open it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See whether the file is still where it was, and choose it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the data as UTF-8 and choose it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mend the data at that place, or export it again from where it came.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See whether this is the right file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save it as CSV to choose fields, or seal it whole under Files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait until nobody writes to it, and begin again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let at least one column leave, or decline the job.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose “Sealed” for that field, or mend the value.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the fields again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See whether this is the right file; the field&apos;s name must be the same, letter for letter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give those fields what the job asks for, or more; or decline the job.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See whether it is complete, and ask for it again if not.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore it from your recovery kit, under Keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on with them; a recovery kit can be restored only where there are no keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open it on the machine that it was sealed for, or ask the sender to seal it for this one too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type it again; capital letters and spaces count.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unlock it, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow Sealwright in the keychain&apos;s own settings, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start the keychain of your desktop (on Linux a Secret Service), then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for it again; if it comes the same, tell the sender what Details says.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Get the sender&apos;s key, compare its words by phone, and add it under Keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask whoever sent it whether records were taken out, sorted or added.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace the link by the file itself, or leave it out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename that file and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tell the platform what Details says, and ask for a new job.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If the data is still wanted, ask the platform for a new job.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the platform whether the source was replaced.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the platform for a new invitation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the platform, by another way than this one, whether the invitation and its key are right.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open an invitation first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use another profile for another platform.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See whether this machine is online, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If the platform has a certificate authority of its own, choose its file when you register.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tell the platform what Details says.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the platform whether this machine is still registered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See whether this machine&apos;s clock is right; if it is, tell the platform what Details says.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the platform for a job with a new permission for its broker.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refresh the list of jobs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again in a while.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refresh the list of jobs and begin again; the permission may have run out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another name or folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make room, or choose another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another folder, or ask for permission.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See whether the disk is full or the program&apos;s folder is read-only, then start again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You can begin again whenever you like.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose fewer, and seal once more for the others.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split the data, or seal the file whole under Files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the file another name and try again; if it stays, please report it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore the recovery kit that it belongs to, under Keys. Only where nobody has one: remove it from the keystore, then make new keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seal them as several packages.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the platform, by another way than this one, whether its key has changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait until that has ended; another window or a command may be at it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait until that run has ended; another window or a command may be at it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the platform&apos;s people why.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set this machine&apos;s clock, then begin again.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sealwright::ui::OpenedResult</name>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save a copy…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The opened records</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the opened data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Results › a readable copy was saved as %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed since it was signed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every value shown was sealed with this dataset&apos;s key, but records may have been taken out or sorted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not everything is in order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of it was reported while reading: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed by nobody known here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %1 records are whole and in order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No records</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Records %1 to %2 of %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed by %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on %1. %2 of %2 records are whole and in order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Results › opened in memory · nothing readable was written to disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the first %1 of %2 columns; a saved copy has them all</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sealwright::ui::Page</name>
    <message>
        <source>%1 has revoked this machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It gives it no jobs any more. Your keys are kept, and what was sealed for this machine still opens. Ask the platform&apos;s people why.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sealwright::ui::PassphraseSheet</name>
    <message>
        <source>Make a recovery kit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore from a recovery kit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The kit is one file with this machine&apos;s keys under a passphrase. Keep the file and the passphrase in two places that are not this machine. Without the passphrase nobody can help.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type the passphrase that the kit was made with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make the kit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same once more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At least %1 characters; several words are easier to keep than signs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Both lines must be the same.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Protect this machine&apos;s keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unlock this machine&apos;s keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keys will lie in %1, under this passphrase. It is asked once after each start. Without it nobody can open what was sealed for this machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They lie in %1. The passphrase is kept in memory until the program ends.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That was not the passphrase of the keys in %1. Capital letters and spaces count.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Protect the keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not now</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sealwright::ui::PeopleCard</name>
    <message>
        <source>name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fingerprint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>known since</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add recipient key…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People and platforms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody yet. Add the recipient key of somebody you want to seal files for; they can share it from this page of their own Sealwright.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a recipient key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys (*.jwks *.jwk *.json *.pem *.pub);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whose recipient key is this?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare the six words with them, by phone or in person. What you seal for this key can be opened by whoever holds it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Six words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whole key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name, as you call them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How you know, such as: file, compared by phone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How you know</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>registration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The platform&apos;s key belongs to the registration.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget the key of %1?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing can be sealed for it any more until it is added again. What was sealed for it before can still be opened by whoever holds it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was signed with it will be shown as signed by nobody known here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sealwright::ui::PreviewTables</name>
    <message>
        <source>The first records as they are on this machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same records as they will leave it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On this machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What leaves it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sealwright::ui::ReadingMenu</name>
    <message>
        <source>Comma</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Semicolon</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vertical bar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Column names, which leave readable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A record like the others</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Between fields</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quotes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Around fields</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Are ordinary characters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where are the records?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name of the list that holds them, as entry[] or data.items[]. What stands outside it is sealed too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List of records</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The whole is one record, or a list of them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The records are in…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The records are in %1…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As it looks by itself</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sealwright::ui::ReceiptCard</name>
    <message>
        <source>Receipt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Receipt: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sealed, checked and received.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 values opened again and compared on this machine before they were signed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2, to %3, %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Records</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Can be opened by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent readable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sealed, checked and uploaded. The platform does not know yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It will be told as soon as it can be reached, also after a restart of this program.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sealwright::ui::RecipientsBar</name>
    <message>
        <source>Who can open it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose somebody whose recipient key this machine has</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody yet: choose at least one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody else is known here; add recipient keys under Keys.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sealwright::ui::RegistrationPage</name>
    <message>
        <source>Register with a platform</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The invitation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste the link that you were sent, or choose the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link or text of the invitation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read invitation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the invitation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Invitations (*.json *.txt *.invitation);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You were invited</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of this machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The platform sees this name. The keys are made here; their private halves never leave this machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose certificate authority…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make keys and register</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another invitation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the platform&apos;s certificate authority</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Registering</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This machine makes its keys and proves to the platform that it holds them. If your keychain asks for permission, please allow it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Is this the platform&apos;s key?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The invitation does not say which key is the platform&apos;s. Compare these six words with the platform, by phone or on paper, not by the way the invitation came.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The words are the same</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They differ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Registered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make a recovery kit now: if this machine is lost, nothing sealed only for it can be opened without one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make a recovery kit…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Later, show my jobs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Platform</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>named by the invitation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not named: you will be asked to compare six words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whole key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This machine is registered with %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show my jobs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sealwright::ui::ResultCellDelegate</name>
    <message>
        <source>empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>— sealed, this machine has no key for it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>— changed after it was sealed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sealwright::ui::ResultDelegate</name>
    <message>
        <source>New</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>made %1 (%2)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sealwright::ui::ResultList</name>
    <message>
        <source>Results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the platform for results (F5)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fetching</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Datasets that a platform sends back will stand here, once this machine is registered with one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking the platform…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No results yet. When the platform sends something back for this machine, it will stand here; Refresh asks now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fetching and checking %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A result is opened in memory; nothing readable is written to disk unless you save a copy.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sealwright::ui::RunPage</name>
    <message>
        <source>Sealing and sending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to jobs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress of the step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sealing and sending %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not sent: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was sent, and nothing half done was left behind.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n more job(s) waiting</source>
        <translation>
            <numerusform>%n more job waiting</numerusform>
            <numerusform>%n more jobs waiting</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is put on this computer&apos;s disk, and what was sent is read back to be compared. If this is interrupted, it has to begin again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sealed and sent in one go: the disk has %1 free, and %2 may be needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sealed and sent in one go.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sealwright::ui::SettingsPage</name>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark is easier on the eyes at night; both say the same.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder for results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where a copy of a result is offered to be saved, if you ask for one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Temporary folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Processor cores</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fewer leave this machine free for other work while a run goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Platform</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its name here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shown wherever the platform is named; only you see it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fixed by the registration; register again to change it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whose word counts for the platform&apos;s and the storage&apos;s identity.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sealwright %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>those of the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The program&apos;s own folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sealed files lie here until they have been sent; choose a disk with room for the largest. Nothing readable is ever written here. The next job uses it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transfers use at most, in MB/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent and fetched together, so that others on your line can work too. Empty: no limit. In force at once.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sealwright::ui::Sheet</name>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sealwright::ui::StateMenu</name>
    <message>
        <source>Masked, the last four stay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The values shown are not of letters and digits alone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The job demands more than this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n field(s) become:</source>
        <translation>
            <numerusform>%n field becomes:</numerusform>
            <numerusform>%n fields become:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealwright::ui::StepList</name>
    <message>
        <source>waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>under way</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Upload</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 records, %2 fields, no errors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 fields, %2 values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 values opened again and compared</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>every value is opened again and compared</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>every record, before anything is sealed</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n field(s)</source>
        <translation>
            <numerusform>%n field</numerusform>
            <numerusform>%n fields</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealwright::ui::WelcomePage</name>
    <message>
        <source>Welcome</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Welcome to Sealwright</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your data is sealed on this machine, before it leaves it. What would you like to do?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I have an invitation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A platform asked for data. Paste the link or choose the file you were sent; this machine makes its own keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open invitation…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I want to protect a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seal any file or folder for yourself and for people whose recipient key you have. Nothing to register.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose files…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I received data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a .sealed file, or a dataset that was sealed for this machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You can also drop a file anywhere on this window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look around first</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sealwright::ui::Words</name>
    <message>
        <source>Sent readable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Masked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sealed, same form</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sealed, joinable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pseudonym</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sealed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leaves this machine as it is. Everyone on the way can read it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every character but those that stay becomes a star. It cannot be opened again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sealed, but keeps length and alphabet. Equal values stay recognisable as equal.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sealed. Equal values stay recognisable as equal, so that tables can be joined.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Becomes a code that stands for the value. It cannot be opened again; equal values get equal codes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only those who can open this dataset can read it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Does not leave this machine at all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begun</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Declined</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Given back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expired</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (not known here)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 — it made this key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>somebody not known here (%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting its turn</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sealwright::ui::format</name>
    <message>
        <source>%1 million</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 billion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n second</numerusform>
            <numerusform>%n seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message>
        <source>in %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in less than a minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>just now</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
