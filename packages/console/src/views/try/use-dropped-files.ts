import { useEffect, useState } from 'preact/hooks';

/** A file, or a text, that somebody gives to the page. */
export interface GivenFile {
  readonly name: string;
  readonly blob: Blob;
}

/** Takes files that are dropped anywhere on the page. @returns whether some are held over it */
export function useDroppedFiles(onFiles: (files: readonly GivenFile[]) => void): boolean {
  const [isDropping, setDropping] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      // Else the browser opens the file in place of the page.
      event.preventDefault();
      setDropping(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setDropping(false);
    };
    const drop = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setDropping(false);
      onFiles(givenFiles(event.dataTransfer.files));
    };
    const listeners = { dragenter: over, dragover: over, dragleave: leave, drop };
    for (const [name, listener] of Object.entries(listeners)) addEventListener(name, listener as EventListener);
    return () => {
      for (const [name, listener] of Object.entries(listeners)) removeEventListener(name, listener as EventListener);
    };
  });
  return isDropping;
}

/** The files of a list, as the session takes them. */
export function givenFiles(files: FileList | null): GivenFile[] {
  return Array.from(files ?? [], (file) => ({ name: file.name, blob: file }));
}
